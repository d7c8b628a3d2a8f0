package dev.sluice.yaml;

/** A source line with carets below what is meant. */
public final class Snippet {
    private Snippet() {}

    /**
     * The line of the mark and a caret below, each behind a line end; empty when the source has no such line.
     *
     * @param hidden which characters of the line are not to be shown
     * @param instead what each run of hidden characters is shown as
     */
    public static String of(Mark mark, boolean[] hidden, String instead) {
        String line = mark.source().line(mark.line());
        if (line.isBlank()) {
            return "";
        }
        int from = Math.min(mark.column() - 1, line.length());
        int to = mark.endLine() == mark.line()
                ? Math.min(mark.endColumn() - 1, line.length())
                : line.stripTrailing().length();
        StringBuilder shown = new StringBuilder();
        StringBuilder caret = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            boolean marked = i >= from && i < Math.max(to, from + 1);
            char under = marked ? '^' : line.charAt(i) == '\t' ? '\t' : ' ';
            if (!hidden[i]) {
                shown.append(line.charAt(i));
                caret.append(under);
            } else if (i == 0 || !hidden[i - 1]) {
                shown.append(instead);
                caret.append(String.valueOf(under).repeat(instead.length()));
            }
        }
        if (from >= line.length()) {
            caret.append('^');
        }
        String number = String.format("%5d", mark.line());
        return "\n" + number + " | " + shown + "\n" + " ".repeat(number.length()) + " | "
                + caret.toString().stripTrailing();
    }
}
