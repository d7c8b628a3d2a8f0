package dev.sluice.prometheus;

import java.util.List;

/** All series of one name. The samples are of the kind that the type of the header asks for. */
public record MetricFamily(Header header, List<? extends Sample> samples) {
    public MetricFamily(String name, MetricType type, String help, List<? extends Sample> samples) {
        this(new Header(name, type, "", help), samples);
    }

    /**
     * What stands above the samples.
     *
     * @param name with all suffixes but {@code _bucket}, {@code _sum} and {@code _count}; that of a counter should end in {@code _total}
     * @param unit such as {@code seconds}, or empty; written only where the name ends with it, as OpenMetrics demands
     */
    public record Header(String name, MetricType type, String unit, String help) {}
}
