"""The roles of the newsroom, one file each: functions from values to values, with the model as one keyword."""
