package dev.sluice.exporters.loki;

/** Where a label's value comes from: {@code resource.attributes["k"]}, {@code scope.attributes["k"]} or, of the record or span, {@code attributes["k"]}. */
record AttributePath(Owner owner, String key) {
    private static final String OPENING = "attributes[\"";
    private static final String CLOSING = "\"]";

    enum Owner {
        RESOURCE("resource."),
        SCOPE("scope."),
        ITEM("");

        private final String prefix;

        Owner(String prefix) {
            this.prefix = prefix;
        }
    }

    /** @throws IllegalArgumentException that says at which character, counted from 1, what was expected */
    static AttributePath parse(String text) {
        Owner owner = Owner.ITEM;
        for (Owner candidate : Owner.values()) {
            if (!candidate.prefix.isEmpty() && text.startsWith(candidate.prefix)) {
                owner = candidate;
            }
        }
        int at = owner.prefix.length();
        if (!text.startsWith(OPENING, at)) {
            String expected = owner == Owner.ITEM ? "`resource.`, `scope.` or `" + OPENING + "`" : "`" + OPENING + "`";
            throw error(text, at, expected);
        }
        int start = at + OPENING.length();
        int end = text.indexOf('"', start);
        if (end == start) {
            throw error(text, start, "a key");
        }
        if (end < 0 || !text.startsWith(CLOSING, end)) {
            throw error(text, end < 0 ? text.length() : end, "`" + CLOSING + "`");
        }
        int after = end + CLOSING.length();
        if (after < text.length()) {
            throw error(text, after, "the end");
        }
        return new AttributePath(owner, text.substring(start, end));
    }

    private static IllegalArgumentException error(String text, int at, String expected) {
        return new IllegalArgumentException(
                "invalid path `" + text + "`: expected " + expected + " at character " + (at + 1));
    }
}
