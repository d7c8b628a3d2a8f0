package dev.sluice.slo.spec;

import dev.sluice.yaml.Problem;
import java.util.List;
import java.util.function.Consumer;

/** Collects problems, each of them once: what several objectives refer to is read for each. */
record ProblemList(List<Problem> problems) implements Consumer<Problem> {
    @Override
    public void accept(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
