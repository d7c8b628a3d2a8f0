package dev.sluice.extensions.zpages;

import java.util.List;

/** Builds HTML. Text is escaped wherever it goes, and only names of tags are not. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup that is constant. */
    Html markup(String constant) {
        out.append(constant);
        return this;
    }

    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    Html element(String tag, String text) {
        return markup("<")
                .markup(tag)
                .markup(">")
                .text(text)
                .markup("</")
                .markup(tag)
                .markup(">\n");
    }

    /** Names and values, each value under or beside its name. */
    Html properties(List<Property> properties) {
        markup("<dl>\n");
        for (Property property : properties) {
            markup("<div>")
                    .element("dt", property.name())
                    .element("dd", property.value())
                    .markup("</div>\n");
        }
        return markup("</dl>\n");
    }

    /**
     * A table whose first column names the row. On narrow screens each row is a block, where each cell tells its column; the roles keep it a
     * table for screen readers then.
     */
    Html table(String caption, List<String> columns, List<List<Cell>> rows) {
        markup("<table role=\"table\">\n").element("caption", caption).markup("<thead><tr role=\"row\">");
        for (int i = 0; i < columns.size(); i++) {
            markup("<th role=\"columnheader\" scope=\"col\"")
                    .markup(i == 0 ? ">" : " class=\"n\">")
                    .text(columns.get(i))
                    .markup("</th>");
        }
        markup("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : rows) {
            markup("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">")
                    .text(row.getFirst().text())
                    .markup("</th>");
            for (int i = 1; i < row.size(); i++) {
                markup("<td role=\"cell\" data-column=\"")
                        .text(columns.get(i))
                        .markup(row.get(i).notable() ? "\" class=\"notable\">" : "\">")
                        .text(row.get(i).text())
                        .markup("</td>");
            }
            markup("</tr>\n");
        }
        return markup("</tbody>\n</table>\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** A cell of a table. {@code notable} ones catch the eye. */
    record Cell(String text, boolean notable) {
        static Cell of(String text) {
            return new Cell(text, false);
        }
    }

    /** A name and a value. */
    record Property(String name, String value) {}
}
