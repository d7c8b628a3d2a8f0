package dev.sluice.slo.series;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Reads;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.series.SelectorIndex;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import java.util.ArrayList;
import java.util.List;

/** What the rules of a set read, found from their expressions. Immutable: all loops share one. */
public final class RuleSelectors {
    final List<WatchedRule> rules;
    final List<Selector> selectors;
    final SelectorIndex<Selector> index;

    /**
     * One selector of one rule.
     *
     * @param number its place among all selectors
     * @param rule its rule's place among all rules
     * @param group the place of that rule's group
     * @param retention for how many milliseconds behind the newest sample it reads
     */
    record Selector(int number, int rule, int group, long retention, long expiry) {}

    private RuleSelectors(List<WatchedRule> rules, List<Selector> selectors, SelectorIndex<Selector> index) {
        this.rules = rules;
        this.selectors = selectors;
        this.index = index;
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
        for (int place = 0; place < groups.size(); place++) {
            GroupSpec group = groups.get(place);
            long lookback = group.options().lookback();
            for (int i = 0; i < group.rules().size(); i++) {
                var expr = Parser.parse(
                        group.rules().get(i).expr(), group.options().parser());
                for (Reads.Read read : Reads.of(expr, group.options())) {
                    long retention = read.reach() + group.queryOffset() + slack;
                    long expiry = Math.max(retention, Math.max(lookback, 2 * read.range()));
                    Selector selector = new Selector(selectors.size(), rules.size(), place, retention, expiry);
                    selectors.add(selector);
                    index.add(read.matchers(), selector);
                }
                rules.add(new WatchedRule(group, i));
            }
        }
        return new RuleSelectors(List.copyOf(rules), List.copyOf(selectors), index);
    }

    public List<WatchedRule> rules() {
        return rules;
    }

    /** Whether any rule may read a series of that metric, going by its name alone. */
    public boolean mayRead(String metricName) {
        return index.mayMatch(metricName);
    }
}
