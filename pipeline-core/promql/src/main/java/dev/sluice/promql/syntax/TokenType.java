package dev.sluice.promql.syntax;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens, with the text of those that have only one. Source: prometheus promql/parser/lex.go. */
enum TokenType {
    EOF(Kind.OTHER),
    IDENTIFIER(Kind.OTHER),
    METRIC_IDENTIFIER(Kind.OTHER),
    NUMBER(Kind.OTHER),
    DURATION(Kind.OTHER),
    STRING(Kind.OTHER),
    LEFT_PAREN(Kind.SIGN, "("),
    RIGHT_PAREN(Kind.SIGN, ")"),
    LEFT_BRACE(Kind.SIGN, "{"),
    RIGHT_BRACE(Kind.SIGN, "}"),
    LEFT_BRACKET(Kind.SIGN, "["),
    RIGHT_BRACKET(Kind.SIGN, "]"),
    COMMA(Kind.SIGN, ","),
    EQL(Kind.SIGN, "="),
    COLON(Kind.SIGN, ":"),

    ADD(Kind.OPERATOR, "+"),
    SUB(Kind.OPERATOR, "-"),
    MUL(Kind.OPERATOR, "*"),
    DIV(Kind.OPERATOR, "/"),
    MOD(Kind.OPERATOR, "%"),
    POW(Kind.OPERATOR, "^"),
    EQLC(Kind.OPERATOR, "=="),
    NEQ(Kind.OPERATOR, "!="),
    LTE(Kind.OPERATOR, "<="),
    LSS(Kind.OPERATOR, "<"),
    GTE(Kind.OPERATOR, ">="),
    GTR(Kind.OPERATOR, ">"),
    TRIM_UPPER(Kind.OPERATOR, "</"),
    TRIM_LOWER(Kind.OPERATOR, ">/"),
    EQL_REGEX(Kind.OPERATOR, "=~"),
    NEQ_REGEX(Kind.OPERATOR, "!~"),
    AT(Kind.OPERATOR, "@"),
    AND(Kind.OPERATOR, "and"),
    OR(Kind.OPERATOR, "or"),
    UNLESS(Kind.OPERATOR, "unless"),
    ATAN2(Kind.OPERATOR, "atan2"),

    SUM(Kind.AGGREGATOR, "sum"),
    AVG(Kind.AGGREGATOR, "avg"),
    COUNT(Kind.AGGREGATOR, "count"),
    MIN(Kind.AGGREGATOR, "min"),
    MAX(Kind.AGGREGATOR, "max"),
    GROUP(Kind.AGGREGATOR, "group"),
    STDDEV(Kind.AGGREGATOR, "stddev"),
    STDVAR(Kind.AGGREGATOR, "stdvar"),
    TOPK(Kind.AGGREGATOR, "topk"),
    BOTTOMK(Kind.AGGREGATOR, "bottomk"),
    COUNT_VALUES(Kind.AGGREGATOR, "count_values"),
    QUANTILE(Kind.AGGREGATOR, "quantile"),
    LIMITK(Kind.AGGREGATOR, "limitk"),
    LIMIT_RATIO(Kind.AGGREGATOR, "limit_ratio"),

    OFFSET(Kind.KEYWORD, "offset"),
    SMOOTHED(Kind.KEYWORD, "smoothed"),
    ANCHORED(Kind.KEYWORD, "anchored"),
    BY(Kind.KEYWORD, "by"),
    WITHOUT(Kind.KEYWORD, "without"),
    ON(Kind.KEYWORD, "on"),
    IGNORING(Kind.KEYWORD, "ignoring"),
    GROUP_LEFT(Kind.KEYWORD, "group_left"),
    GROUP_RIGHT(Kind.KEYWORD, "group_right"),
    FILL(Kind.KEYWORD, "fill"),
    FILL_LEFT(Kind.KEYWORD, "fill_left"),
    FILL_RIGHT(Kind.KEYWORD, "fill_right"),
    BOOL(Kind.KEYWORD, "bool"),

    START(Kind.CONTEXT, "start"),
    END(Kind.CONTEXT, "end"),
    STEP(Kind.CONTEXT, "step"),
    RANGE(Kind.CONTEXT, "range"),
    MAX_OF(Kind.CONTEXT, "max_of"),
    MIN_OF(Kind.CONTEXT, "min_of");

    /** What tokens are for. */
    enum Kind {
        OTHER,
        SIGN,
        OPERATOR,
        AGGREGATOR,
        KEYWORD,
        /** Words that stand for something of the query's run. */
        CONTEXT
    }

    private static final Map<String, TokenType> WORDS = words();

    private final Kind kind;
    private final String text;

    TokenType(Kind kind) {
        this(kind, "");
    }

    TokenType(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    Kind kind() {
        return kind;
    }

    /** The text of all such tokens, or the empty string. */
    String text() {
        return text;
    }

    /** The keyword that a word in lower case is, or {@code null}. {@code inf} and {@code nan} are numbers. */
    static @Nullable TokenType word(String lowerCase) {
        return WORDS.get(lowerCase);
    }

    /** Whether a metric may have this token's text as its name. */
    boolean namesMetric() {
        return this == IDENTIFIER
                || this == METRIC_IDENTIFIER
                || kind == Kind.AGGREGATOR
                || kind == Kind.CONTEXT
                || switch (this) {
                    case BY, FILL, FILL_LEFT, FILL_RIGHT, AND, OR, UNLESS, OFFSET, WITHOUT, ANCHORED, SMOOTHED -> true;
                    default -> false;
                };
    }

    /** Whether a label may have this token's text as its name where labels are listed. */
    boolean namesLabel() {
        return (namesMetric() && this != WITHOUT)
                || switch (this) {
                    case BOOL, GROUP_LEFT, GROUP_RIGHT, IGNORING, ON, ATAN2 -> true;
                    default -> false;
                };
    }

    private static Map<String, TokenType> words() {
        Map<String, TokenType> words = new HashMap<>();
        for (TokenType type : values()) {
            if (!type.text.isEmpty() && Character.isLetter(type.text.charAt(0))) {
                words.put(type.text, type);
            }
        }
        words.put("inf", NUMBER);
        words.put("nan", NUMBER);
        return words;
    }
}
