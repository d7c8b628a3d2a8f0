package dev.sluice.slo.series;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Reads;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.series.SelectorIndex;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of a set read, found from their expressions. Immutable: all loops share one. */
public final class RuleSelectors {
    /** Of what is kept in panes, a series that does not send is remembered for so many milliseconds at most: for what it has gained meanwhile. */
    private static final long SILENCE = 24 * 3_600_000L;

    /** And one that says that it has ended, since it may come again, for so many. */
    private static final long PAUSE = 3_600_000L;

    final List<WatchedRule> rules;
    final List<Selector> selectors;
    final SelectorIndex<Selector> index;

    /** What is kept in panes, and the rules that read it. */
    final Map<WindowSum, List<WatchedRule>> sums;

    /** Whether starts of counters are believed. */
    final boolean starts;

    /**
     * One selector of one rule.
     *
     * @param number its place among all selectors
     * @param rule its rule's place among all rules
     * @param group the place of that rule's group
     * @param retention for how many milliseconds behind the newest sample it reads
     * @param expiry after how many milliseconds without a sample a series is forgotten
     * @param endedExpiry the same where its last sample says that it has ended
     * @param sum what is kept in panes in place of samples; {@code null} if nothing is
     */
    record Selector(
            int number,
            int rule,
            int group,
            long retention,
            long expiry,
            long endedExpiry,
            @Nullable WindowSum sum) {}

    private RuleSelectors(
            List<WatchedRule> rules,
            List<Selector> selectors,
            SelectorIndex<Selector> index,
            Map<WindowSum, List<WatchedRule>> sums,
            boolean starts) {
        this.rules = rules;
        this.selectors = selectors;
        this.index = index;
        this.sums = sums;
        this.starts = starts;
    }

    /**
     * Of all rules of the groups. Series that only the template function {@code query} reads are not among them.
     *
     * @param slack by how many milliseconds the time of an evaluation may lie behind the newest sample: the allowed lateness and the longest interval
     * @throws ParseException where an expression is not PromQL
     * @throws EvalException where it has a duration that cannot be computed
     */
    public static RuleSelectors of(List<GroupSpec> groups, long slack) throws ParseException {
        List<WatchedRule> rules = new ArrayList<>();
        List<Selector> selectors = new ArrayList<>();
        SelectorIndex<Selector> index = new SelectorIndex<>();
        Map<WindowSum, List<WatchedRule>> sums = new LinkedHashMap<>();
        for (int place = 0; place < groups.size(); place++) {
            GroupSpec group = groups.get(place);
            long lookback = group.options().lookback();
            for (int i = 0; i < group.rules().size(); i++) {
                WatchedRule rule = new WatchedRule(group, i);
                var expr = Parser.parse(
                        group.rules().get(i).expr(), group.options().parser());
                for (Reads.Read read : Reads.of(expr, group.options())) {
                    long retention = read.reach() + group.queryOffset() + slack;
                    WindowSum sum = read.sum();
                    long expiry = sum == null ? 2 * read.range() : Math.min(2 * read.range(), SILENCE);
                    long endedExpiry = sum == null ? retention : Math.min(read.range(), PAUSE);
                    Selector selector = new Selector(
                            selectors.size(),
                            rules.size(),
                            place,
                            retention,
                            Math.max(retention, Math.max(lookback, expiry)),
                            Math.max(retention, endedExpiry),
                            sum);
                    selectors.add(selector);
                    index.add(read.matchers(), selector);
                    if (sum != null) {
                        sums.computeIfAbsent(sum, s -> new ArrayList<>()).add(rule);
                    }
                }
                rules.add(rule);
            }
        }
        boolean starts = groups.stream().anyMatch(group -> group.options().startTimestamps());
        return new RuleSelectors(List.copyOf(rules), List.copyOf(selectors), index, sums, starts);
    }

    public List<WatchedRule> rules() {
        return rules;
    }

    /** Whether any rule may read a series of that metric, going by its name alone. */
    public boolean mayRead(String metricName) {
        return index.mayMatch(metricName);
    }
}
