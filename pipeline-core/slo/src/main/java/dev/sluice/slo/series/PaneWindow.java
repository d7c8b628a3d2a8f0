package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.series.WindowSums;
import dev.sluice.slo.state.StatePart;
import dev.sluice.slo.state.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sum over a window for all its groups, in panes. */
final class PaneWindow implements WindowSums {
    private final WindowSum sum;
    private final List<WatchedRule> rules;
    private final int maxGroups;
    private final Panes panes;
    private final Map<Labels, PaneGroup> groups = new LinkedHashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final PaneCursor scratch = new PaneCursor();
    private boolean fresh = true;

    /** A series and the group that it adds to. */
    final class Member {
        private final PaneSeries series;
        private final PaneGroup group;
        private boolean gone;

        private Member(PaneSeries series, PaneGroup group) {
            this.series = series;
            this.group = group;
        }

        void add(PaneCursor at) {
            group.add(sum.what(), at);
        }

        void addRecent(PaneCursor at, long begin) {
            group.addRecent(sum.what(), at, begin);
        }

        /** The window is told later, of all together. */
        void leave() {
            gone = true;
            group.leave();
        }

        private PaneWindow window() {
            return PaneWindow.this;
        }
    }

    /** @param rules which read it */
    PaneWindow(WindowSum sum, List<WatchedRule> rules, int maxGroups, Panes panes) {
        this.sum = sum;
        this.rules = rules;
        this.maxGroups = maxGroups;
        this.panes = panes;
    }

    List<WatchedRule> rules() {
        return rules;
    }

    /** Whether nothing was taken over from before. */
    boolean fresh() {
        return fresh;
    }

    boolean has(List<Member> some) {
        for (Member member : some) {
            if (member.window() == this) {
                return true;
            }
        }
        return false;
    }

    /** Makes the series a member of its group; {@code null} if there is no room for that group. */
    @Nullable
    Member join(PaneSeries series) {
        Labels labels = sum.group(series.labels());
        PaneGroup group = groups.get(labels);
        if (group == null) {
            if (groups.size() >= maxGroups) {
                panes.refused(this);
                return null;
            }
            group = new PaneGroup(labels, sum.range());
            groups.put(labels, group);
        }
        group.join();
        Member made = new Member(series, group);
        members.add(made);
        return made;
    }

    @Override
    public void visit(long time, Visitor visitor) {
        long begin = time - sum.range();
        groups.values().forEach(PaneGroup::forgetRecent);
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            member.series.addRecent(member, scratch, begin, time, panes);
        }
        for (PaneGroup group : groups.values()) {
            if (group.present(begin)) {
                visitor.sum(group.labels(), group.sumAfter(begin));
            }
        }
    }

    /** Forgets members that have left, and groups of which nothing is in the window at that time or later. */
    void sweep(long time) {
        members.removeIf(member -> member.gone);
        long begin = time - sum.range() - PaneRing.paneOf(sum.range());
        groups.values().removeIf(group -> group.over(begin));
    }

    int size() {
        return groups.size();
    }

    long bytes() {
        return groups.size() * PaneGroup.bytes();
    }

    /** The groups without their members. */
    Saved save() {
        return new Saved(sum.text(), sum.range(), List.copyOf(groups.values()));
    }

    /** Goes on with groups of the same sum, before any series joins. */
    void restore(Saved saved) {
        fresh = false;
        for (PaneGroup group : saved.groups()) {
            group.leaveAll();
            groups.put(group.labels(), group);
        }
    }

    /**
     * What is kept of a window.
     *
     * @param text by which it is recognised
     */
    record Saved(String text, long range, Collection<PaneGroup> groups) {
        StatePart part() {
            return out -> {
                out.text(text);
                out.number(range);
                out.number(groups.size());
                return groups.stream().map(group -> StatePart.of(group::write)).iterator();
            };
        }

        static Saved read(StateReader in) throws IOException {
            String text = in.text();
            long range = in.number();
            if (range <= 0) {
                throw new IOException("a window of " + range + " ms");
            }
            List<PaneGroup> groups = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                groups.add(PaneGroup.read(range, in));
            }
            return new Saved(text, range, groups);
        }
    }
}
