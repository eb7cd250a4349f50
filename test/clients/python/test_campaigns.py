import unittest
import urllib.error

from campaigns import read_campaigns

CLOTHING = "430318c4-abb7-4bf7-a75e-9c5fa8f475a6"
UNKNOWN_ID = "00000000-0000-4000-8000-000000000404"


class ReadCampaigns(unittest.TestCase):
    def test_finds_a_campaign_by_its_id(self):
        results, errors = read_campaigns("any", [CLOTHING], ["hs_name"])
        self.assertEqual(results[0]["properties"], {"hs_name": "Clothing Promotion"})
        self.assertEqual(errors, [])

    def test_gets_an_error_for_a_missing_campaign(self):
        results, errors = read_campaigns("any", [CLOTHING, UNKNOWN_ID])
        self.assertEqual([campaign["id"] for campaign in results], [CLOTHING])
        self.assertEqual(errors[0]["context"], {"campaignGuid": [UNKNOWN_ID]})

    def test_tries_again_after_503(self):
        waits = []
        results, _ = read_campaigns("python~recovering", [CLOTHING], wait=waits.append)
        self.assertEqual(len(results), 1)
        self.assertEqual(waits, [1, 1])

    def test_gives_up_after_five_429(self):
        waits = []
        with self.assertRaises(urllib.error.HTTPError) as raised:
            read_campaigns("python~rate-limited", [CLOTHING], wait=waits.append)
        self.assertEqual(raised.exception.code, 429)
        self.assertEqual(len(waits), 4)

    def test_does_not_try_again_after_401(self):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            read_campaigns("python~unauthorized", [CLOTHING])
        self.assertEqual(raised.exception.code, 401)


if __name__ == "__main__":
    unittest.main()
