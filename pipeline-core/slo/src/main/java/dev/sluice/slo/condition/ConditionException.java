package dev.sluice.slo.condition;

/** A text is no condition; the message says where and why. */
public final class ConditionException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param offset of the character that is wrong, from 0 */
    ConditionException(int offset, String message) {
        super("character " + (offset + 1) + ": " + message);
    }
}
