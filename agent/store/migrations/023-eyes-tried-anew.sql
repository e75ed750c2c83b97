-- The picture that models were tried with could not be drawn once a photo had been taken in: none of them may be blind.
delete from model_findings where finding = 'text-pixels' and value is null;
