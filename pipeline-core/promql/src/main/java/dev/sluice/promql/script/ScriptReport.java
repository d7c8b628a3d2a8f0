package dev.sluice.promql.script;

import java.util.List;

/** How a script went: how many of its queries gave what it expects, and what was wrong with the others. */
public record ScriptReport(int passed, List<Failure> failures) {
    /**
     * A query that did not give what was expected.
     *
     * @param line of the query in the script, from 1
     */
    public record Failure(int line, String query, String problem) {
        @Override
        public String toString() {
            return "line " + line + ": " + query + ": " + problem;
        }
    }

    public int total() {
        return passed + failures.size();
    }
}
