"""Drives two collectors side by side with the same configuration and load, and measures what each of them costs."""
