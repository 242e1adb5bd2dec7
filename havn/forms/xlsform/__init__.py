"""Forms written as XLSForm (https://xlsform.org), brought over; what is not understood is said row by row."""
