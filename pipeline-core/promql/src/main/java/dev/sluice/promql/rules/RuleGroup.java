package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsHash;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that are evaluated one after the other, each seeing what those before it have written. */
public final class RuleGroup {
    private static final long NANOS = 1_000_000;

    private final GroupSpec spec;
    private final List<Rule> rules;
    /** How far the group's evaluations lie behind the multiples of its interval, in nanoseconds. */
    private final long phase;
    /** The series of rules that are no more, to be marked as ended. */
    private final List<Labels> orphans = new ArrayList<>();

    /** @throws ParseException where a rule's expression is not PromQL */
    public RuleGroup(GroupSpec spec, Expander expander) throws ParseException {
        this.spec = spec;
        List<Rule> made = new ArrayList<>();
        for (RuleSpec rule : spec.rules()) {
            made.add(Rule.of(rule, spec.options(), expander));
        }
        rules = List.copyOf(made);
        long hash = LabelsHash.hash(Labels.of("file", spec.file(), "name", spec.name()));
        phase = Long.remainderUnsigned(hash, spec.interval() * NANOS);
    }

    public GroupSpec spec() {
        return spec;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** The last time of the group's grid that is not after that time. Groups have grids of their own, so that their work is spread out. */
    public long slot(long time) {
        long interval = spec.interval() * NANOS;
        long shifted = time * NANOS - phase;
        return Math.floorDiv(shifted - shifted % interval + phase, NANOS);
    }

    /**
     * Evaluates all rules.
     *
     * @param resendDelay after how many milliseconds alerts are sent again
     * @return how many rules failed
     */
    public int evaluate(SeriesSource source, long time, SampleSink samples, AlertSink alerts, long resendDelay) {
        Evaluation evaluation = new Evaluation(source, time, samples, alerts, resendDelay);
        while (evaluation.hasNext()) {
            evaluation.next();
        }
        return evaluation.failures();
    }

    /** An evaluation of all rules, one after the other and each in pieces, for those who must not take long at a time. Only one at a time. */
    public final class Evaluation {
        private final SeriesSource source;
        private final long time;
        private final SampleSink samples;
        private final AlertSink alerts;
        private final long resendDelay;
        private int next;
        private @Nullable RuleRun run;
        private int failures;

        /** @param resendDelay after how many milliseconds alerts are sent again */
        public Evaluation(SeriesSource source, long time, SampleSink samples, AlertSink alerts, long resendDelay) {
            this.source = source;
            this.time = time;
            this.samples = samples;
            this.alerts = alerts;
            this.resendDelay = resendDelay;
        }

        public boolean hasNext() {
            return next < rules.size() || !orphans.isEmpty();
        }

        /**
         * Does a piece of the evaluation of the next rule, the last time ending the series of rules that are no more.
         *
         * @return whether that was the rule's last piece
         */
        public boolean next() {
            int before = next;
            if (next < rules.size()) {
                evaluate(rules.get(next));
            }
            if (next == rules.size()) {
                for (Labels series : orphans) {
                    samples.append(series, time - spec.queryOffset(), Series.STALE, null);
                }
                orphans.clear();
            }
            return next > before;
        }

        private void evaluate(Rule rule) {
            RuleRun current = run == null ? new RuleRun(rule, time, spec) : run;
            if (current.next(source, samples) && rule instanceof AlertingRule alerting) {
                alerting.send(time, resendDelay, spec.interval(), alerts);
            }
            if (current.hasNext()) {
                run = current;
                return;
            }
            run = null;
            failures += current.failed() ? 1 : 0;
            next++;
        }

        /** How many rules have failed. */
        public int failures() {
            return failures;
        }
    }

    /**
     * Goes on where an older version of the group was: alerts stay as they are in rules of the same name and labels. The older group is not to be
     * evaluated again.
     */
    public void takeOver(RuleGroup older) {
        ByIdentity<Rule> before =
                new ByIdentity<>(older.rules, rule -> rule.spec().identity());
        for (Rule rule : rules) {
            Rule match = before.take(rule.spec().identity());
            if (match != null) {
                rule.takeOver(match);
            }
        }
        orphans.addAll(older.orphans);
        before.left(rule -> orphans.addAll(rule.written.labels()));
    }

    /** What is to outlive a restart. */
    public SavedGroup save() {
        return new SavedGroup(
                toString(),
                rules.stream().mapToLong(Rule::evaluatedAt).max().orElse(0),
                rules.stream().map(Rule::save).toList());
    }

    /**
     * Goes on where the group was before a restart. Alerts stay as they are for two intervals, in which rules may find no data yet, as Prometheus
     * waits for a second evaluation.
     */
    public void restore(SavedGroup saved, long now) {
        ByIdentity<SavedRule> before = new ByIdentity<>(saved.rules(), SavedRule::identity);
        for (Rule rule : rules) {
            SavedRule match = before.take(rule.spec().identity());
            if (match != null) {
                rule.restore(match, saved.evaluatedAt(), now, now + 2 * spec.interval());
            }
        }
        before.left(rule -> orphans.addAll(rule.written()));
    }

    /** Sees to it that the series of a group that is no more are marked as ended. */
    public void end(RuleGroup gone) {
        orphans.addAll(gone.orphans);
        gone.rules.forEach(rule -> orphans.addAll(rule.written.labels()));
    }

    /** The same of a group that was there before a restart. */
    public void end(SavedGroup gone) {
        gone.rules().forEach(rule -> orphans.addAll(rule.written()));
    }

    @Override
    public String toString() {
        return spec.file() + ";" + spec.name();
    }
}
