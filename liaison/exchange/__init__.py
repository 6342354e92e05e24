"""Files that come in and go out: claim lists, tracking sheets, workbooks."""
