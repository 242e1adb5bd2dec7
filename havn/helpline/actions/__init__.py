"""The helpline's writes, one verb each. Each locks, checks permission, asks the rule, writes, audits and publishes."""
