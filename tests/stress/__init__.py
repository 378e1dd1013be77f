"""`make stress`: what only a running desk under attack can show. docs/trust.md says what each part promises."""
