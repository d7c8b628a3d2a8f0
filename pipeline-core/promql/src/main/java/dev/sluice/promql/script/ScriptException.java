package dev.sluice.promql.script;

/** A script that cannot be read; the message begins with the line. */
public final class ScriptException extends Exception {
    public ScriptException(int line, String problem) {
        super("line " + line + ": " + problem);
    }
}
