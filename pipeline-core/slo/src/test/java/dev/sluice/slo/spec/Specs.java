package dev.sluice.slo.spec;

import dev.sluice.promql.eval.QueryOptions;
import java.util.ArrayList;
import java.util.List;

/** Files of objectives. */
final class Specs {
    private Specs() {}

    /** The files are slo.yml, slo2.yml and so on. */
    static SloFiles read(String... texts) {
        return read(SloPeriods.WORKBOOK, texts);
    }

    static SloFiles read(SloPeriods periods, String... texts) {
        List<SloFiles.Source> sources = new ArrayList<>();
        for (String text : texts) {
            String number = sources.isEmpty() ? "" : Integer.toString(sources.size() + 1);
            sources.add(new SloFiles.Source("slo" + number + ".yml", text));
        }
        return SloFiles.read(sources, periods, 60_000, QueryOptions.DEFAULT);
    }
}
