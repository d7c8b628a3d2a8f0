package dev.sluice.promql.script;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.script.Expectation.Kind;
import dev.sluice.promql.text.PrometheusDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads scripts in the language of prometheus promql/promqltest: {@code load}, {@code eval instant}, {@code eval range} and {@code clear}. A block
 * ends at an empty line or a comment.
 */
final class ScriptParser {
    private static final Pattern LOAD = Pattern.compile("^load(?:_(with_nhcb))?\\s+(.+?)$");
    private static final Pattern INSTANT =
            Pattern.compile("^eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(.+?))?\\s+(.+)$");
    private static final Pattern RANGE = Pattern.compile(
            "^eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+?)\\s+(.+)$");
    private static final Pattern EXPECTED_RANGE =
            Pattern.compile("^expect range vector\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+)$");
    private static final String EXPECTED_STRING = "expect string";

    private final List<String> lines = new ArrayList<>();
    private int at;

    private ScriptParser(String script) {
        for (String line : script.split("\n", -1)) {
            String stripped = line.strip();
            lines.add(stripped.startsWith("#") ? "" : stripped);
        }
    }

    static List<Command> parse(String script) throws ScriptException {
        return new ScriptParser(script).commands();
    }

    private List<Command> commands() throws ScriptException {
        List<Command> commands = new ArrayList<>();
        for (at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.isEmpty()) {
                continue;
            }
            String word = line.split("[\t ]+", 2)[0].toLowerCase(Locale.ROOT);
            if (word.equals("clear")) {
                commands.add(new Command.Clear());
            } else if (word.startsWith("load")) {
                commands.add(load(line));
            } else if (word.startsWith("eval")) {
                commands.add(eval(line));
            } else {
                throw error("invalid command \"" + line + "\"");
            }
        }
        return commands;
    }

    /** Moves to the next line of the block; false at its end. */
    private boolean next() {
        if (at + 1 >= lines.size() || lines.get(at + 1).isEmpty()) {
            return false;
        }
        at++;
        return true;
    }

    private Command load(String line) throws ScriptException {
        Matcher parts = LOAD.matcher(line);
        if (!parts.matches()) {
            throw error("invalid load command. (load[_with_nhcb] <step:duration>)");
        }
        LoadCommand command = new LoadCommand(millis(parts.group(2), "step"), parts.group(1) != null);
        List<SequenceValue> starts = List.of();
        while (next()) {
            String definition = lines.get(at);
            if (StartTimes.isLine(definition)) {
                starts = StartTimes.parse(definition, at + 1);
                continue;
            }
            SeriesNotation series = SeriesNotation.parse(definition, at + 1);
            if (!starts.isEmpty() && starts.size() != series.values().size()) {
                throw error("@st line has " + starts.size() + " values but sample line has "
                        + series.values().size());
            }
            command.add(series.labels(), series.values(), starts);
            starts = List.of();
        }
        if (!starts.isEmpty()) {
            throw error("@st line has no following sample line");
        }
        return command;
    }

    private Command eval(String line) throws ScriptException {
        Matcher instant = INSTANT.matcher(line);
        Matcher range = RANGE.matcher(line);
        EvalCommand command;
        String modifier;
        if (instant.matches()) {
            String when = instant.group(2);
            long time = millis(when == null ? "" : when, "timestamp");
            command = EvalCommand.instant(at + 1, instant.group(3), time);
            modifier = instant.group(1);
        } else if (range.matches()) {
            command = EvalCommand.range(at + 1, range.group(5), steps(range.group(2), range.group(3), range.group(4)));
            modifier = range.group(1);
        } else {
            throw error(
                    "invalid evaluation command. Must be either 'eval[_fail|_warn|_ordered] instant "
                            + "[at <offset:duration>] <query>' or 'eval[_fail|_warn] range from <from> to <to> step <step> <query>'");
        }
        if (modifier != null) {
            command.expect(Expectation.any(Kind.valueOf(modifier.toUpperCase(Locale.ROOT))));
        }
        while (next() && expected(command, lines.get(at))) {
            // Every line of the block adds to what is expected.
        }
        return command;
    }

    /** Reads a line of what is expected; false where it is the last. */
    private boolean expected(EvalCommand command, String line) throws ScriptException {
        if (command.expects(Kind.FAIL) && line.startsWith("expected_fail_")) {
            String kind = line.startsWith("expected_fail_message") ? "msg" : "regex";
            String text = line.substring(line.indexOf(' ') + 1).strip();
            command.expect(Expectation.parse("expect fail " + kind + ":" + text, at + 1));
            return false;
        }
        if (line.startsWith("expect range vector")) {
            Matcher parts = EXPECTED_RANGE.matcher(line);
            if (!parts.matches()) {
                throw error("invalid range vector definition \"" + line + "\"");
            }
            command.expectRange(steps(parts.group(1), parts.group(2), parts.group(3)));
            return true;
        }
        if (line.startsWith(EXPECTED_STRING)) {
            command.expect(
                    StringText.unquote(line.substring(EXPECTED_STRING.length()).strip(), at + 1));
            return true;
        }
        if (line.split(" ", 2)[0].equals("expect")) {
            command.expect(Expectation.parse(line, at + 1));
            check(command);
            return true;
        }
        Double scalar = GoFloat.parse(line);
        if (scalar != null) {
            command.expect(scalar);
            return false;
        }
        SeriesNotation series = SeriesNotation.parse(line, at + 1);
        if (series.values().size() > 1 && !command.range() && !command.rangeVectorExpected()) {
            throw error("expecting multiple values in instant evaluation not allowed. consider using 'expect range "
                    + "vector' directive to enable a range vector result for an instant query");
        }
        command.expect(series.labels(), series.values());
        return true;
    }

    private void check(EvalCommand command) throws ScriptException {
        if (command.expects(Kind.INFO) && command.expects(Kind.NO_INFO)) {
            throw error("invalid expect lines, info and no_info cannot be used together");
        }
        if (command.expects(Kind.WARN) && command.expects(Kind.NO_WARN)) {
            throw error("invalid expect lines, warn and no_warn cannot be used together");
        }
        if (command.expectations(Kind.FAIL).size() > 1) {
            throw error("invalid expect lines, multiple expect fail lines are not allowed");
        }
    }

    private EvalCommand.Steps steps(String from, String to, String step) throws ScriptException {
        long start = millis(from, "start timestamp");
        long end = millis(to, "end timestamp");
        if (end < start) {
            throw error("invalid test definition, end timestamp (" + to + ") is before start timestamp (" + from + ")");
        }
        return new EvalCommand.Steps(start, end, millis(step, "step"));
    }

    private long millis(String text, String what) throws ScriptException {
        try {
            return PrometheusDuration.parse(text) / PrometheusDuration.MILLISECOND;
        } catch (PrometheusDuration.DurationException e) {
            throw error("invalid " + what + " definition \"" + text + "\": " + e.getMessage());
        }
    }

    private ScriptException error(String problem) {
        return new ScriptException(at + 1, problem);
    }
}
