package dev.sluice.exporters.loki;

import dev.sluice.otlp.view.AttributesView;
import java.nio.charset.StandardCharsets;

/**
 * Where the value of a label, or the tenant, comes from: {@code resource.attributes["k"]}, {@code scope.attributes["k"]} or, of the record
 * or span, {@code attributes["k"]}.
 */
final class AttributePath {
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

    private final Owner owner;
    private final byte[] utf8Key;

    AttributePath(Owner owner, String key) {
        this.owner = owner;
        this.utf8Key = key.getBytes(StandardCharsets.UTF_8);
    }

    Owner owner() {
        return owner;
    }

    /** The value as text; empty where there is none. */
    String text(AttributesView resource, AttributesView scope, AttributesView item) {
        AttributesView attributes = switch (owner) {
            case RESOURCE -> resource;
            case SCOPE -> scope;
            case ITEM -> item;
        };
        return attributes.find(utf8Key) ? attributes.value().text() : "";
    }

    /** Whether it leads to the attribute where the view, of its owner, stands. */
    boolean leadsTo(AttributesView attribute) {
        return attribute.keyIs(utf8Key);
    }

    @Override
    public String toString() {
        return owner.prefix + OPENING + new String(utf8Key, StandardCharsets.UTF_8) + CLOSING;
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
