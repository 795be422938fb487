package dev.headway.fpl.data;

/**
 * The documents of one manager's team.
 *
 * @param entry the team
 * @param history its gameweeks
 * @param picks its latest squad; when a free hit was played then, the squad that came back
 */
public record TeamDocuments(Entry entry, EntryHistory history, Picks picks) {}
