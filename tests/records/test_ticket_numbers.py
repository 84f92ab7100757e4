"""A ticket's number that was the message's own id while there was one message a ticket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from goodwill.records import Store, add

Write = Callable[..., Path]
HEADER = ["contact_id", "created", "message"]


def message(number: int, hour: int, text: str) -> list[object]:
    return [number, f"2024-05-0{number}T{hour}:00:00Z", text]


def first(number: int) -> list[object]:
    return message(number, 9, f"the parcel of day {number} is late")


WEEK_1 = [first(n) for n in range(1, 9)]
WEEK_2 = [
    *(first(n) for n in range(1, 5)),
    message(1, 10, "we are looking into it"),
    message(1, 11, "it is still not here"),
    message(2, 10, "thank you, it came"),
    message(9, 12, "a new ticket with one message"),
]
WEEK_3 = [
    message(1, 11, "it is still not here"),
    message(1, 14, "I want my money back"),
    message(3, 15, "the only one of ticket 3 this week"),
    message(4, 9, "the parcel of day 4 is late, edited"),
]


def texts(store: Store) -> list[str]:
    return sorted(store.arrow("contacts").column("text").to_pylist())


def test_messages_of_one_ticket_are_neither_lost_nor_doubled(store: Store, write: Write) -> None:
    [week_1] = add(store, [write("tickets.csv", HEADER, WEEK_1)])
    assert (week_1.new, week_1.updated) == (8, 0)
    [week_2] = add(store, [write("tickets.csv", HEADER, WEEK_2)])
    # What was there came again, and is now known to be of a thread.
    assert (week_2.read, week_2.new, week_2.updated) == (8, 4, 4)
    assert any("number of a ticket" in note and "contact_id" in note for note in week_2.notes)
    everything = {row[2] for row in WEEK_1 + WEEK_2}
    assert texts(store) == sorted(everything)
    rows = store.arrow("contacts").to_pylist()
    assert {r["thread_id"] for r in rows if "still not" in r["text"]} == {"1"}
    assert {r["contact_id"] for r in rows if r["text"] in {w[2] for w in WEEK_1}} == {
        str(n) for n in range(1, 9)
    }
    [again] = add(store, [write("again.csv", HEADER, WEEK_2[::-1])])
    assert (again.new, again.updated, again.duplicate) == (0, 0, 8)
    [week_3] = add(store, [write("tickets.csv", HEADER, WEEK_3)])
    assert (week_3.new, week_3.updated, week_3.duplicate) == (2, 1, 1)
    everything |= {row[2] for row in WEEK_3} - {"the parcel of day 4 is late"}
    assert texts(store) == sorted(everything - {"the parcel of day 4 is late"})


def test_a_mapping_that_is_given_again_goes_on_keeping_each_message(
    store: Store, write: Write, tmp_path: Path
) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text(
        'source = "desk"\n[contacts] # the tickets\ncontact_id = "contact_id"\nat = "created"\n'
        'text = "message"\n'
    )
    add(store, [write("tickets.csv", HEADER, WEEK_1)], mapping=mapping)
    add(store, [write("tickets.csv", HEADER, WEEK_2)], mapping=mapping)
    [week_3] = add(store, [write("tickets.csv", HEADER, WEEK_3[2:3])], mapping=mapping)
    assert (week_3.new, week_3.updated) == (1, 0)
    assert "the parcel of day 3 is late" in texts(store)


def test_the_first_file_may_have_its_repeated_tickets_far_down(store: Store, write: Write) -> None:
    header = ["Ticket ID", "Date", "Message"]
    rows = [[n, f"2024-05-01T{n // 60 % 24:02}:{n % 60:02}:00Z", f"words {n}"] for n in range(600)]
    more = [[n, "2024-05-02T10:00:00Z", f"more words {n}"] for n in range(590, 600)]
    file = write("a.csv", header, rows + more)
    [report] = add(store, [file])
    assert (report.new, report.updated) == (610, 0)
    [again] = add(store, [file])
    assert (again.duplicate, again.accepted) == (610, 0)
