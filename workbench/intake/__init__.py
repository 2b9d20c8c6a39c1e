"""What comes in: file, line or pasted words -> an article, one kind of input a module."""
