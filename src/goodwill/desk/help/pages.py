"""What each page is for, in two sentences, and where its doc says more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """The help of one page."""

    text: str
    doc: str
    """A file of ``docs/`` without its ending, and the heading in it: ``desk#today``."""

    @property
    def address(self) -> str:
        """The address of that doc on the desk."""
        name, _, heading = self.doc.partition("#")
        return f"{name}/{'#' + heading if heading else ''}"


HELP: dict[str, Help] = {
    "overview": Help(
        "Where the company stands: what broken promises did to customers, in people and in money. "
        "Open any number to see what it means and which records stand behind it.",
        "desk#overview",
    ),
    "today": Help(
        "What breaks if nobody acts today, and who was harmed and not heard. Work from the top: "
        "keep a promise, or tick a customer and follow up.",
        "desk#today",
    ),
    "owned": Help(
        "The problems that you answer for, with what rises in them, what is being done, and which "
        "promises break. Who answers for a problem is named on its page.",
        "desk#views",
    ),
    "team": Help(
        "Conversations in which most went wrong on the way, and what customers praise people for. "
        "Read them together; nobody is ranked.",
        "desk#views",
    ),
    "follow_ups": Help(
        "Customers whom somebody looks after until their trouble is put right, the first due "
        "first. Take one, write or call, note what you promised, and close it.",
        "desk#follow-ups",
    ),
    "follow_up": Help(
        "One customer and one problem: what happened, what was done, and what can be done now. "
        "What came of it is read from the data, and never typed in.",
        "desk#follow-ups",
    ),
    "promises": Help(
        "What was promised to whom by when, and whether it was kept: delivery dates, what your "
        "people wrote, and what you publish. Open ones come first, with the step that keeps each.",
        "promises",
    ),
    "chain": Help(
        "How many customers went from a broken promise to writing, to writing again, to going "
        "public, to leaving. Choose a period or a theme to see where the chain breaks.",
        "desk#the-chain",
    ),
    "problems": Help(
        "What customers have trouble with, ranked by the loss a year that could be avoided. Open "
        "one to read what they wrote, whom it hit, and how its cost was found.",
        "value",
    ),
    "broken": Help(
        "What the broken promises of one kind cost, how that was found, and how many kept silent. "
        "Themes may count the same orders: do not add the two up.",
        "desk#overview",
    ),
    "problem": Help(
        "All that is known of one problem: what it costs, what customers wrote, when it rose, whom "
        "it hit. Name who looks after it, and declare what is done about it.",
        "desk#a-problem",
    ),
    "rules": Help(
        "What your own rules and fees bring in, set against the contacts, refunds and customers "
        "that they cost. Tell of a rule here, and it is judged at the next refresh.",
        "value",
    ),
    "value": Help(
        "What all customers together are worth, and how that changed from month to month. It says "
        "what moved it: new customers, buying again, leaving.",
        "value#customer-equity",
    ),
    "ledger": Help(
        "Every figure of goodwill that can come true is written down before it does, and never "
        "changed. Here you see how often they did: trust them as far as that.",
        "value#the-ledger",
    ),
    "metrics": Help(
        "The usual figures of customer service, each under every definition in use, side by side. "
        "Products differ in what they count, and this page says how.",
        "metrics",
    ),
    "processes": Help(
        "The paths that orders and conversations really take, and what each detour costs in days "
        "and in contacts. The widest band is what happens most.",
        "metrics#processes",
    ),
    "themes": Help(
        "What customers write about, as groups of like messages, found anew at each refresh. "
        "Rename, merge, split or mute them where people know better.",
        "themes",
    ),
    "theme": Help(
        "One theme: its words, what lies at its edge, and what people changed about it. Each "
        "change is shown before it is made, and can be taken back.",
        "themes",
    ),
    "preview_theme_edit": Help(
        "What a change of this theme would do, before it is made. Nothing is changed by looking.",
        "themes",
    ),
    "audit_theme": Help(
        "Messages drawn by chance, for a person to judge whether they belong. From the answers "
        "the page says how many of the theme are right, and how many it misses.",
        "themes",
    ),
    "alerts": Help(
        "What rises beyond chance, with the rate of false alarms that you set. Say who looks at "
        "it, let it sleep, or tie it to what happened.",
        "alerts",
    ),
    "fixes": Help(
        "What was done about problems, and whether it worked. The verdict comes from weeks before "
        "and after, set against what did not change.",
        "fixes",
    ),
    "fix": Help(
        "One fix: contacts a week before and after, and what was to be expected without it. The "
        "verdict says how sure that is, and when to look again.",
        "fixes",
    ),
    "rollouts": Help(
        "How to bring a fix in step by step, so that its effect can be proven. The page says what "
        "each way of splitting would show, and after how many weeks.",
        "fixes#a-roll-out-in-steps",
    ),
    "search": Help(
        "Every message that holds the words you type. Narrow what was found by theme, channel or "
        "month.",
        "desk#search",
    ),
    "find_customer": Help(
        "The way to one customer by the number that a source uses. The customers whom a problem "
        "hit stand on that problem's page.",
        "identities",
    ),
    "candidates": Help(
        "Customers whose names, mails or phones are alike, though no key joins them. Say of each "
        "two whether they are one customer; nothing is joined before you do.",
        "identities#candidates",
    ),
    "customer": Help(
        "All that happened to one customer, in one line of time: orders, messages, promises. "
        "Undo a joining that is wrong, or follow up.",
        "identities",
    ),
    "see_contact": Help(
        "How this customer can be reached. Your look is recorded with the reason you gave.",
        "privacy",
    ),
    "vault_looks": Help(
        "Who looked at whose mail and phone, when, and why. Nobody can change it.",
        "desk#mail-and-phone",
    ),
    "records": Help(
        "The rows behind a figure, as they lie in the Book. What you look at is kept in the log.",
        "tables",
    ),
    "imports": Help(
        "Bring files in: upload, look at how each is read, correct, and take. Every row is "
        "accounted for.",
        "import",
    ),
    "import_job": Help(
        "How the files of this upload are read, before anything is taken. Correct what is taken "
        "for what, or throw it away.",
        "import",
    ),
    "import_mapping": Help(
        "Which column is taken for what. Correct it once: the mapping is kept for next week's "
        "file.",
        "mapping",
    ),
    "quarantine": Help(
        "Rows that could not be taken, with the reason of each. Mend them here, or bring a better "
        "file.",
        "import",
    ),
    "quarantine_mapping": Help(
        "Which column is taken for what, for rows that could not be taken. Once corrected, they "
        "are tried again.",
        "mapping",
    ),
    "quarantine_row": Help(
        "One row that could not be taken, as it came. Correct the cell and try it again.",
        "import",
    ),
    "account": Help(
        "Your name, your role, and what it lets you see and do. Choose your own password here.",
        "desk#who-may-see-and-do-what",
    ),
    "people": Help(
        "Who may sign in, and the role of each. A role decides which pages open and what stands "
        "on them.",
        "desk#who-may-see-and-do-what",
    ),
    "person": Help(
        "One person's role and way in. A change holds from their next click on.",
        "desk#who-may-see-and-do-what",
    ),
    "audit": Help(
        "Who saw and did what, newest first. Nobody can change it, and what was typed is not in "
        "it.",
        "desk#the-log",
    ),
    "settings": Help(
        "What the company tells goodwill about itself: every setting with its meaning, its unit "
        "and what holds unless it is set. Wrong values are refused, and nothing is written by "
        "half.",
        "settings",
    ),
    "help": Help(
        "The docs of goodwill, as they came with it. Nothing is loaded from elsewhere.",
        "index",
    ),
    "help_page": Help(
        "One part of the docs, as it came with goodwill. Nothing is loaded from elsewhere.",
        "index",
    ),
}
"""By the name of the address; the tests hold that no page is without."""
