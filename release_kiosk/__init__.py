"""The one name that an installed kiosk has in somebody's `site-packages`: all rooms lie under it.

In the wheel `kiosk`, `store`, `static` and the others are folders of this one (the mapping is in
pyproject.toml), where nobody else's `import store` finds them and nobody else's `store` is found
in their place. They are put on the path of this process alone; what it starts gets the same path
(`kiosk.children.child`).
"""

import runpy
import sys
from pathlib import Path


def main() -> None:
    """The command `kiosk`."""
    sys.path.insert(0, str(Path(__file__).parent))
    runpy.run_module("kiosk", run_name="__main__", alter_sys=False)
