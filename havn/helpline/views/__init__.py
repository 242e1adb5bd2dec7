"""The screens of the helpline: `public_*` for children, `desk*` for counsellors, `manage_*` for coordinators."""
