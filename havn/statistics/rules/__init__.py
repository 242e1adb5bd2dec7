"""What figures are made by: periods, masking, charts, files. Plain Python."""
