package dev.sluice.promql.script;

import dev.sluice.promql.text.PrometheusDuration;
import java.util.ArrayList;
import java.util.List;

/** Lines that say when counters had started: <code>x{job="a"}@st -1m -30s+10sx3 _</code>, relative to the samples of the line below. */
final class StartTimes {
    private StartTimes() {}

    static boolean isLine(String line) {
        return firstWord(line).endsWith("@st");
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return line.substring(0, end);
    }

    /** The offsets in milliseconds. */
    static List<SequenceValue> parse(String line, int number) throws ScriptException {
        List<SequenceValue> values = new ArrayList<>();
        for (String item : line.substring(firstWord(line).length()).strip().split("\\s+", -1)) {
            item(item, values, number);
        }
        return values;
    }

    private static void item(String item, List<SequenceValue> values, int line) throws ScriptException {
        int x = item.indexOf('x');
        int times = x < 0 ? 0 : times(item.substring(x + 1), line);
        String head = x < 0 ? item : item.substring(0, x);
        if (head.equals("_")) {
            for (int i = 0; i < Math.max(times, 1); i++) {
                values.add(SequenceValue.OMITTED);
            }
            return;
        }
        int step = Math.max(head.indexOf('+', 1), head.indexOf('-', 1));
        long offset = millis(step < 0 ? head : head.substring(0, step), line);
        long delta = step < 0 ? 0 : millis(head.substring(step), line);
        for (int i = 0; i <= times; i++) {
            values.add(SequenceValue.of((double) (offset + i * delta)));
        }
    }

    private static int times(String text, int line) throws ScriptException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ScriptException(line, "invalid @st sequence: invalid repeat count");
        }
    }

    private static long millis(String text, int line) throws ScriptException {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        try {
            long size = PrometheusDuration.parse(signed ? text.substring(1) : text) / PrometheusDuration.MILLISECOND;
            return text.startsWith("-") ? -size : size;
        } catch (PrometheusDuration.DurationException e) {
            throw new ScriptException(line, "invalid @st sequence: " + e.getMessage());
        }
    }
}
