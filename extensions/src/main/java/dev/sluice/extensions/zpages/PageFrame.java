package dev.sluice.extensions.zpages;

import dev.sluice.api.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What stands around every page: the head, the links to the others, and when it was made. */
record PageFrame(List<Page> pages, Page page, boolean watched) {
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #c9ced6; --soft: #5a6472; --back: #f4f6f8; --link: #0b57d0; --note: #a8321a; }
            @media (prefers-color-scheme: dark) { :root { --line: #3a424d; --soft: #a3adba; --back: #1b2027; --link: #8ab4f8; --note: #ffa38f; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
            a { color: var(--link); }
            nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 0; list-style: none; }
            nav a { display: inline-block; padding: .4rem 0; }
            nav a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
            h1 { font-size: 1.6rem; margin: .75rem 0 .25rem; }
            h2 { font-size: 1.2rem; margin: 2rem 0 .25rem; overflow-wrap: anywhere; }
            p { margin: .25rem 0 .75rem; overflow-wrap: anywhere; }
            .soft, caption { color: var(--soft); }
            dl { margin: 1rem 0; }
            dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
            dt { flex: 0 0 14rem; color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; }
            table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
            caption { text-align: left; padding: .25rem 0; }
            th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
            thead th { color: var(--soft); }
            tbody th { font-weight: 600; }
            td, th.n { text-align: right; }
            .notable { color: var(--note); font-weight: 600; }
            tbody tr:hover { background: var(--back); }
            footer { margin-top: 2rem; }
            @media (max-width: 46rem) {
              thead { display: none; }
              table, caption, tbody, tr, tbody th, td { display: block; }
              tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
              th, td { border: 0; padding: .1rem 0; }
              td { display: flex; justify-content: space-between; gap: 1rem; }
              td::before { content: attr(data-column); color: var(--soft); }
            }
            """;

    /** Seconds. */
    private static final int WATCH_PERIOD = 2;

    String html(Clock clock) {
        Html html = new Html();
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        if (page.live() && watched) {
            html.markup("<meta http-equiv=\"refresh\" content=\"" + WATCH_PERIOD + "\">\n");
        }
        html.element("title", page.title() + " – Sluice")
                .markup("<style>\n")
                .markup(STYLE)
                .markup("</style>\n</head>\n<body>\n");
        links(html);
        html.markup("<main>\n").element("h1", page.title());
        page.show(html);
        html.markup("</main>\n<footer class=\"soft\">\n");
        foot(html, clock);
        return html.markup("</footer>\n</body>\n</html>\n").toString();
    }

    private void links(Html html) {
        html.markup("<nav aria-label=\"Pages\"><ul>\n");
        for (Page other : pages) {
            html.markup("<li><a href=\"")
                    .text(other.path())
                    .markup(other.path().equals(page.path()) ? "\" aria-current=\"page\">" : "\">")
                    .text(other.title())
                    .markup("</a></li>\n");
        }
        html.markup("</ul></nav>\n");
    }

    private void foot(Html html, Clock clock) {
        Instant now = Instant.ofEpochSecond(0, clock.epochNanos()).truncatedTo(ChronoUnit.SECONDS);
        html.markup("<p>As of <time>").text(now.toString()).markup("</time>. ");
        if (page.live() && watched) {
            html.markup("Read anew every " + WATCH_PERIOD + " seconds. <a href=\"?\">Stop</a>. ");
        } else if (page.live()) {
            html.markup("<a href=\"?live\">Read anew every " + WATCH_PERIOD + " seconds</a>. ");
        }
        html.markup("The same as <a href=\"?format=json\">JSON</a>.</p>\n");
    }
}
