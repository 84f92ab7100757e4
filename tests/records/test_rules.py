"""Rules and fees as they are told: replaced by name, taken back, read from a file, redacted."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodwill.errors import FileRefused, InputError, NotFound
from goodwill.records import Rule, Store, read_rules, rules, tell_rules, withdraw_rule

FEE = Rule("Restocking fee", "fee", "Less a restocking fee.", ("restocking fee",), brings_each=750)


def test_it_works(store: Store) -> None:
    [told] = tell_rules(store, [FEE], by="Ada")
    assert (told.name, told.by, told.withdrawn) == ("Restocking fee", "Ada", False)
    assert rules(store) == [told]
    [same] = tell_rules(store, [FEE], by="Bob")
    assert same == told and store.arrow("rules").num_rows == 1
    [changed] = tell_rules(store, [Rule(" restocking  FEE", patterns=("fee", " ", "fee"))])
    assert changed.rule_id == told.rule_id
    assert rules(store) == [changed] and changed.patterns == ("fee",)
    withdraw_rule(store, told.rule_id, by="Bob")
    assert [rule.withdrawn for rule in rules(store)] == [True]
    with pytest.raises(NotFound):
        withdraw_rule(store, told.rule_id)
    [anew] = tell_rules(store, [FEE])
    assert anew.rule_id != told.rule_id


def test_nothing_of_a_person_is_kept_in_a_rule(store: Store) -> None:
    [told] = tell_rules(store, [Rule("Late fee", wording="Ask jane.doe@example.com about it.")])
    assert "jane" not in told.wording and "[email]" in told.wording
    assert "jane" not in str(store.arrow("rules").to_pylist())


def test_every_fault_is_named_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(InputError) as refused:
        tell_rules(
            store,
            [FEE, Rule("Restocking FEE", "law", "w", brings_year=-1), Rule(" "), Rule("No words")],
        )
    for fault in ("two are called", "'law'", "below zero", "has no name", "neither wording nor"):
        assert fault in refused.value.message
    assert rules(store) == []


def test_a_file_holds_rules_in_the_currency_itself(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[[rule]]\nname = "Fee"\nkind = "fee"\npatterns = ["fee"]\nbrings_each = 4.95\n'
        'times_year = 20\nproduct = "Service fee"\n[[rule]]\nname = "B"\nwording = "No."\n'
    )
    one, two = read_rules(path, "EUR")
    assert (one.brings_each, one.times_year, one.product) == (495, 20, "Service fee")
    assert (two.kind, two.wording, two.brings_year) == ("rule", "No.", None)
    assert read_rules(path, "JPY")[0].brings_each == 5
    path.write_text('[[rule]]\nname = 1\nprice = 2\n[[rule]]\npatterns = "x"\nbrings_year = "y"\n')
    with pytest.raises(FileRefused) as refused:
        read_rules(path, "EUR")
    for fault in ("name of rule 1", "'price'", "patterns of rule 2", "brings_year of rule 2"):
        assert fault in refused.value.message
    for text in ("", "rule = 1", "not toml", "[[rules]]\n"):
        path.write_text(text)
        with pytest.raises(FileRefused):
            read_rules(path, "EUR")
