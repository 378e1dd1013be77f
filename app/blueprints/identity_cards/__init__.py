"""/ktp-el: where the e-KTP drive stands."""
