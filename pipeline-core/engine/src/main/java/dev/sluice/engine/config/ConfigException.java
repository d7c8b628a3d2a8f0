package dev.sluice.engine.config;

/** The configuration cannot be used. The message is the rendered list of problems. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ConfigProblems problems;

    public ConfigException(ConfigProblems problems) {
        super(problems.render());
        this.problems = problems;
    }

    public ConfigProblems problems() {
        return problems;
    }
}
