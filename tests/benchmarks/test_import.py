"""A workbook of 200,000 claim rows brought in, dry and for real: peak memory per process, time against bare calamine."""
