/**
 * Alerts as values: findings, severity, stable ids, and the book that folds repeats into one
 * incident.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.alert;
