package dev.sluice.promql.template;

/**
 * A piece of a template.
 *
 * @param text as written; of a text outside of actions, what remains of it after trimming
 * @param at where it begins
 */
record TemplateToken(Kind kind, String text, int at) {
    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        FIELD,
        VARIABLE,
        IDENTIFIER,
        NUMBER,
        STRING,
        CHARACTER,
        DOT,
        PIPE,
        LEFT,
        RIGHT,
        DECLARE,
        ASSIGN,
        COMMA,
        SPACE,
        /** A character that means nothing here. */
        OTHER,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
