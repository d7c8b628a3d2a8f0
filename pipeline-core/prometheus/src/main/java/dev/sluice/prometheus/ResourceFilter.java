package dev.sluice.prometheus;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which resource attributes become labels. */
public final class ResourceFilter {
    private static final Set<String> SERVICE = Set.of("service.name", "service.namespace", "service.instance.id");

    private final boolean any;
    private final boolean all;
    private final boolean withoutService;
    private final List<Pattern> included;
    private final List<Pattern> excluded;

    private ResourceFilter(boolean any, boolean withoutService, List<String> included, List<String> excluded) {
        this.any = any;
        this.all = included.isEmpty();
        this.withoutService = withoutService;
        this.included = patterns(included);
        this.excluded = patterns(excluded);
    }

    /** All of them or none; {@code withoutService} leaves out those that are in {@code job} and {@code instance} anyway. */
    public static ResourceFilter all(boolean enabled, boolean withoutService) {
        return new ResourceFilter(enabled, withoutService, List.of(), List.of());
    }

    /** Those that a pattern takes, or all without one, but those that another excludes. {@code *} is any characters, {@code ?} one. */
    public static ResourceFilter matching(List<String> included, List<String> excluded) {
        return new ResourceFilter(true, false, included, excluded);
    }

    public boolean any() {
        return any;
    }

    public boolean takes(String key) {
        return any
                && (all || matches(included, key))
                && !matches(excluded, key)
                && !(withoutService && SERVICE.contains(key));
    }

    private static boolean matches(List<Pattern> patterns, String key) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(key).matches());
    }

    private static List<Pattern> patterns(List<String> wildcards) {
        return wildcards.stream()
                .map(wildcard -> Pattern.compile(
                        "\\Q"
                                + wildcard.replace("\\E", "")
                                        .replace("*", "\\E.*\\Q")
                                        .replace("?", "\\E.\\Q") + "\\E",
                        Pattern.DOTALL))
                .toList();
    }
}
