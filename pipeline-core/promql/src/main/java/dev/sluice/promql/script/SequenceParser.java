package dev.sluice.promql.script;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.HistogramMath;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.List;

/** Reads sequences of values: {@code 1 2}, {@code 0+10x5}, {@code _x3}, {@code stale}, and histograms in double braces. */
final class SequenceParser {
    /** A sequence of more values is a mistake, not a test. */
    private static final int MAX_VALUES = 1_000_000;

    private final String text;
    private final int line;
    private int at;
    private final List<SequenceValue> values = new ArrayList<>();

    private SequenceParser(String text, int line) {
        this.text = text;
        this.line = line;
    }

    static List<SequenceValue> parse(String text, int line) throws ScriptException {
        SequenceParser parser = new SequenceParser(text, line);
        parser.skipSpaces();
        while (parser.at < text.length()) {
            parser.item();
            parser.skipSpaces();
        }
        return parser.values;
    }

    private void item() throws ScriptException {
        if (accept("_")) {
            int times = accept("x") ? count() : 1;
            add(SequenceValue.OMITTED, times);
        } else if (text.startsWith("{{", at)) {
            histograms();
        } else {
            numbers();
        }
        if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            throw error("unexpected character in series sequence: " + text.charAt(at));
        }
    }

    private void numbers() throws ScriptException {
        double value = accept("stale") ? Series.STALE : number();
        if (accept("x")) {
            add(SequenceValue.of(value), count() + 1);
            return;
        }
        boolean step = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
        if (!step) {
            add(SequenceValue.of(value), 1);
            return;
        }
        double delta = number();
        if (!accept("x")) {
            throw error("expected a repetition");
        }
        int times = count();
        for (int i = 0; i <= times; i++) {
            add(SequenceValue.of(value), 1);
            value += delta;
        }
    }

    private void histograms() throws ScriptException {
        HistogramLiteral literal = literal();
        boolean plus = accept("+");
        boolean minus = !plus && accept("-");
        if (!plus && !minus) {
            int times = accept("x") ? count() + 1 : 1;
            add(value(literal.histogram(), literal.hintGiven()), times);
            return;
        }
        HistogramLiteral step = literal();
        if (!accept("x")) {
            throw error("expected a repetition");
        }
        int times = count();
        NativeHistogram current = literal.histogram();
        add(value(current, step.hintGiven()), 1);
        for (int i = 0; i < times; i++) {
            if (current.schema() > step.histogram().schema()) {
                throw error("error combining histograms: cannot merge from schema "
                        + step.histogram().schema() + " to " + current.schema());
            }
            current = (plus
                            ? HistogramMath.plus(current, step.histogram())
                            : HistogramMath.minus(current, step.histogram()))
                    .histogram();
            add(value(current, step.hintGiven()), 1);
        }
    }

    private static SequenceValue value(NativeHistogram histogram, boolean hintGiven) {
        return new SequenceValue(0, histogram, false, hintGiven);
    }

    private HistogramLiteral literal() throws ScriptException {
        int end = text.indexOf("}}", at);
        if (!text.startsWith("{{", at) || end < 0) {
            throw error("expected a histogram in double braces");
        }
        HistogramLiteral literal = HistogramLiteral.parse(text.substring(at + 2, end), line);
        at = end + 2;
        return literal;
    }

    private double number() throws ScriptException {
        int start = at;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean exponentSign =
                    (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1)) >= 0 && digitsBefore(start);
            if (c == 'x' || c == '_' || Character.isWhitespace(c) || ((c == '+' || c == '-') && !exponentSign)) {
                break;
            }
            at++;
        }
        String number = text.substring(start, at);
        Double value = GoFloat.parse(number.startsWith("+") ? number.substring(1) : number);
        if (value == null) {
            throw error("expected a number or \"stale\", not \"" + number + "\"");
        }
        return value;
    }

    private boolean digitsBefore(int start) {
        for (int i = start; i < at; i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private int count() throws ScriptException {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (start == at || at - start > 7) {
            throw error("invalid repetition in series values");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private void add(SequenceValue value, int times) throws ScriptException {
        if (values.size() + times > MAX_VALUES) {
            throw error("more than " + MAX_VALUES + " values");
        }
        for (int i = 0; i < times; i++) {
            values.add(value);
        }
    }

    private boolean accept(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private ScriptException error(String problem) {
        return new ScriptException(line, problem);
    }
}
