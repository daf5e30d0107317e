"""What a Chromium under a policy says of some addresses, as JSON.

As a program: `under_policy POLICY PROGRAM ADDRESS...`; without a policy where that is empty.

Runs in a mount space of its own: the policy lies where Chromium looks for it, and nowhere else.
"""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

PLACE = Path("/etc/chromium")
NOT_STEERED = ("IncognitoModeAvailability", "DeveloperToolsAvailability")  # they end the test, too


def main() -> None:
    policy, program, *addresses = sys.argv[1:]
    subprocess.run(["mount", "-t", "tmpfs", "none", str(PLACE)], check=True)
    if policy:
        managed = PLACE / "policies" / "managed"
        managed.mkdir(parents=True)
        rules = json.loads(Path(policy).read_text(encoding="utf-8"))
        told = {name: value for name, value in rules.items() if name not in NOT_STEERED}
        (managed / "release.json").write_text(json.dumps(told))
    found = {}
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for address in addresses:
            try:
                browser.new_page().goto(address, timeout=60_000)
                found[address] = "shown"
            except Error as error:
                found[address] = error.message.splitlines()[0]
        browser.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
