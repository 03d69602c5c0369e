"""Words and characters with their places, as converters of pages and programs that recognise text write them in markup."""
