package dev.sluice.slo.rules;

import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RulePaths;
import dev.sluice.slo.series.RuleSelectors;
import dev.sluice.slo.spec.SloFiles;
import dev.sluice.slo.spec.SloPeriods;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Reads all rules that a configuration names. Blocks where there are files. */
final class RuleSources {
    /** What inline groups have in place of a file. */
    private static final String INLINE = "config";

    private final SloConfig config;
    private final List<GroupSpec> groups = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Trouble> warnings = new ArrayList<>();

    /** What is wrong with a key of the configuration. */
    record Trouble(String key, String message) {}

    /** What is wrong, and what is taken otherwise than it was meant. */
    record Checked(List<Trouble> troubles, List<Trouble> warnings) {}

    /** Rules and what they read. */
    record Loaded(List<GroupSpec> groups, RuleSelectors selectors) {}

    private RuleSources(SloConfig config) {
        this.config = config;
    }

    static Checked check(SloConfig config) {
        RuleSources sources = new RuleSources(config);
        sources.read();
        if (sources.troubles.isEmpty()) {
            sources.selectors();
        }
        return new Checked(sources.troubles, sources.warnings);
    }

    /** Throws {@link IllegalArgumentException} where a file is no longer as it was when the configuration was checked. */
    static Loaded load(SloConfig config) {
        RuleSources sources = new RuleSources(config);
        sources.read();
        RuleSelectors selectors = sources.troubles.isEmpty() ? sources.selectors() : null;
        if (selectors == null) {
            throw new IllegalArgumentException(sources.troubles.getFirst().message());
        }
        return new Loaded(List.copyOf(sources.groups), selectors);
    }

    private void read() {
        QueryOptions options = QueryOptions.DEFAULT
                .withStartTimestamps(config.series().startTimestampZero())
                .withSubqueryStep(interval())
                .withLongestExact(config.evaluation().windows().longestExact());
        files("rule_files", config.ruleFiles(), (file, key) -> {
            RuleFileReader.Result result = RuleFileReader.read(file.name(), file.text(), interval(), options);
            add(new Parsed(result.file().specs(), result.problems()), key);
        });
        objectives(options);
        if (!config.groups().isEmpty()) {
            RuleFileReader.Result result =
                    RuleFileReader.read(INLINE, InlineGroups.tree(config.groups()), interval(), options);
            add(new Parsed(result.file().specs(), result.problems()), "");
        }
    }

    /** What one source says, and what is wrong with it. */
    private record Parsed(List<GroupSpec> groups, List<Problem> problems) {}

    /** All files together, for they refer to each other. */
    private void objectives(QueryOptions options) {
        SloPeriods periods = periods();
        List<SloFiles.Source> sources = new ArrayList<>();
        Map<String, String> keys = new HashMap<>();
        files("slo_files", config.sloFiles(), (file, key) -> {
            sources.add(file);
            keys.put(file.name(), key);
        });
        SloFiles files = SloFiles.read(sources, periods, interval(), options);
        files.problems().forEach(problem -> troubles.add(trouble(keys, problem)));
        files.warnings().forEach(warning -> warnings.add(trouble(keys, warning)));
        files.groups().stream().map(this::bounded).forEach(groups::add);
    }

    private static Trouble trouble(Map<String, String> keys, Problem problem) {
        String key = Objects.requireNonNull(keys.get(problem.mark().source().name()));
        return new Trouble(key, problem.toString());
    }

    private SloPeriods periods() {
        String folder = config.sloPeriodWindowsPath();
        int before = troubles.size();
        SloPeriods periods = folder.isEmpty()
                ? SloPeriods.WORKBOOK
                : SloPeriods.read(
                        Path.of(folder), problem -> troubles.add(new Trouble("slo_period_windows_path", problem)));
        if (troubles.size() > before) {
            return SloPeriods.WORKBOOK;
        }
        try {
            return periods.withUsual(config.defaultSloPeriod());
        } catch (IllegalArgumentException e) {
            troubles.add(new Trouble("default_slo_period", String.valueOf(e.getMessage())));
            return SloPeriods.WORKBOOK;
        }
    }

    private long interval() {
        return Math.max(1, config.evaluation().interval().toMillis());
    }

    private void files(String option, List<String> patterns, BiConsumer<SloFiles.Source, String> taker) {
        for (int i = 0; i < patterns.size(); i++) {
            files(option + "::" + i, patterns.get(i), taker);
        }
    }

    private void files(String key, String pattern, BiConsumer<SloFiles.Source, String> taker) {
        try {
            List<Path> found = RulePaths.matching(Path.of(""), pattern);
            if (found.isEmpty()) {
                troubles.add(new Trouble(key, "no file matches " + pattern));
            }
            for (Path file : found) {
                taker.accept(new SloFiles.Source(file.toString(), Files.readString(file)), key);
            }
        } catch (IOException e) {
            troubles.add(new Trouble(key, pattern + ": " + GoFileError.reason(e)));
        }
    }

    /** @param key of the file; empty for inline groups, whose places are keys */
    private void add(Parsed result, String key) {
        for (Problem problem : result.problems()) {
            troubles.add(
                    key.isEmpty()
                            ? new Trouble(problem.mark().source().name(), problem.message())
                            : new Trouble(key, problem.toString()));
        }
        result.groups().stream().map(this::bounded).forEach(groups::add);
    }

    private GroupSpec bounded(GroupSpec spec) {
        int limit = spec.limit() > 0 ? spec.limit() : config.series().limits().maxGroupsPerRule();
        return new GroupSpec(
                spec.file(), spec.name(), spec.interval(), limit, spec.queryOffset(), spec.options(), spec.rules());
    }

    private @org.jspecify.annotations.Nullable RuleSelectors selectors() {
        long longest = groups.stream()
                .map(GroupSpec::interval)
                .max(Comparator.naturalOrder())
                .orElse(interval());
        try {
            return RuleSelectors.of(
                    groups, longest + config.evaluation().allowedLateness().toMillis());
        } catch (ParseException | EvalException e) {
            troubles.add(new Trouble("groups", String.valueOf(e.getMessage())));
            return null;
        }
    }
}
