"""Word: .docx, its XML in one file, RTF, and .doc by LibreOffice."""
