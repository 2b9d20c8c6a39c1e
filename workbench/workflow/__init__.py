"""What people do, one activity a module. Takes a Session, never commits, knows no screen."""
