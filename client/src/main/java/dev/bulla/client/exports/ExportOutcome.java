package dev.bulla.client.exports;

/**
 * What an export has come to.
 *
 * @param packages how many artifacts the channel lists
 * @param packageBytes and how many bytes they have
 * @param fetched how many of them were fetched, or would be; the others were in the folder
 * @param otherFiles how many index, trust and other files were written, or would be; the others were the same
 */
public record ExportOutcome(int packages, long packageBytes, int fetched, int otherFiles) {}
