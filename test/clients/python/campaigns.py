"""Reads campaigns from HubSpot, or from the mock at HUBSPOT_BASE_URL, with the standard library only."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

BASE_URL = os.environ.get("HUBSPOT_BASE_URL", "https://api.hubapi.com")
TRIES = 5


def read_campaigns(token, ids, properties=(), wait=time.sleep):
    """Returns the campaigns that were found and the errors of the others; tries again after a 429 or a 5xx."""
    query = urllib.parse.urlencode({"properties": ",".join(properties)})
    request = urllib.request.Request(
        f"{BASE_URL}/marketing/v3/campaigns/batch/read?{query}",
        data=json.dumps({"inputs": [{"id": id} for id in ids]}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    for tries in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                body = json.load(response)
                return body["results"], body.get("errors", [])
        except urllib.error.HTTPError as error:
            if tries == TRIES or (error.code != 429 and error.code < 500):
                raise
            wait(int(error.headers.get("Retry-After", 1)))
