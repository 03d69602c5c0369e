"""A report in a notebook; VS Code and Jupytext open this file as one."""

# %% [markdown]
# # A report in a notebook
# A report and a table show themselves.
# %%
import govreport

report = govreport.load("examples/reports/tinglan_housing_2023_draft.docx")
report  # noqa: B018 - the last line of a cell is shown

# %% [markdown]
# Doubtful cells are marked; so are, in the page of `govreport check --html`, those that do not add up.
# %%
report.tables[1]

# %%
for finding in govreport.check(report):
    print(finding.severity, finding.message)

# %%
print(report)
