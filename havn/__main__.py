"""`python -m havn`: the same as `havn`."""

import sys

from havn.config.command import main

sys.exit(main())
