// Replaced by the first commit here.
