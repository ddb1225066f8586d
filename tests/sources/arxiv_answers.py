"""arXiv's answers in the shapes in which it gives them, with made-up papers."""

from collections.abc import Sequence

from .conftest import Reply


def listed(number: str, title: str = "Paper", abstract: str = "We test.", subjects: str = "", kind: str = "") -> str:
    """An entry of a listing page."""
    subjects = subjects or "Artificial Intelligence (cs.AI)</span>; Computation and Language (cs.CL)"
    return f"""
    <dt>
      <a name='item1'>[1]</a>
      <a href ="/abs/{number}" title="Abstract" id="{number}"> arXiv:{number} </a> {kind}
      [<a href="/pdf/{number}" title="Download PDF" id="pdf-{number}">pdf</a>, <a href="/format/{number}">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          {title}
        </div>
        <div class='list-authors'><a href="/search/cs?query=Park" rel="nofollow">Mina Park</a>,
          <a href="/search/cs?query=Ek" rel="nofollow">Jon
          Ek</a></div>
        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 9 pages</div>
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          <span class="primary-subject">{subjects}
        </div>
        <p class='mathjax'>
          {abstract}
        </p>
      </div>
    </dd>"""


def listing(day: str, *sections: tuple[str, int, Sequence[str]]) -> Reply:
    """A listing page: its stated date, and each section's name, stated count and entries."""
    parts = "".join(
        f"<dl id='articles'><h3>{name} submissions (showing {len(entries)} of {count} entries)</h3>"
        f"{''.join(entries)}</dl>"
        for name, count, entries in sections
    )
    return Reply(
        f"""<html><body><div id='content-inner'><div id='dlpage'><h1>Artificial Intelligence</h1>
        <h3>Showing new listings for {day}</h3>
        <div class='paging'>Total of {sum(count for _, count, _ in sections)} entries</div>{parts}
        {"" if sections else "<p>No updates today.</p>"}</div></div></body></html>""",
        kind="text/html; charset=utf-8",
    )


def fed(
    number: str, title: str = "Paper", abstract: str = "We test.", kind: str = "new", day: str = "2026-08-12"
) -> str:
    """An entry of the Atom feed."""
    return f"""
  <entry>
    <id>oai:arXiv.org:{number}v1</id>
    <title>A Paper of the Feed</title>
    <updated>2026-08-12T04:00:19.899254+00:00</updated>
    <link href="https://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>
    <summary>arXiv:{number}v1 Announce Type: {kind} 
Abstract: {abstract}</summary>
    <category term="cs.CL"/>
    <category term="cs.AI"/>
    <published>{day}T00:00:00-04:00</published>
    <arxiv:announce_type>{kind}</arxiv:announce_type>
    <dc:creator>Mina Park, Jon Ek</dc:creator>
  </entry>"""


def feed(*entries: str) -> Reply:
    return Reply(
        f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.AI</id>
  <title>cs.AI updates on arXiv.org</title>
  <updated>2026-08-12T04:00:19.866337+00:00</updated>{"".join(entries)}
</feed>""",
        kind="application/atom+xml",
    )


def found(number: str, title: str = "Paper", abstract: str = "We test.") -> str:
    """An entry of the API."""
    return f"""
  <entry>
    <id>http://arxiv.org/abs/{number}v1</id>
    <updated>2026-08-10T20:01:02Z</updated>
    <published>2026-08-10T19:59:37Z</published>
    <title>{title}</title>
    <summary>  {abstract}
</summary>
    <author><name>Mina Park</name></author>
    <author><name>Jon Ek</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/{number}v1" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{number}v1" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.RO"/>
    <category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.RO" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68T40" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""


def answer(total: int, *entries: str) -> Reply:
    return Reply(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
{"".join(entries)}
</feed>""",
        kind="application/atom+xml; charset=utf-8",
    )
