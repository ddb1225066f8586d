"""What sources share: how a site is asked, and how what it answers becomes papers. The sources stand a folder up."""
