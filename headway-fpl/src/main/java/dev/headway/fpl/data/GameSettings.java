package dev.headway.fpl.data;

/**
 * The rules that the API states, {@code game_settings}.
 *
 * @param squadSquadsize players in a squad
 * @param squadSquadplay players in a line-up
 * @param squadTeamLimit most players of one club
 * @param squadTotalSpend money for a first squad, in tenths of a million
 * @param maxExtraFreeTransfers free transfers that can be saved beyond the first
 * @param transfersSellOnFee share of a rise that is lost when selling
 * @param elementSellAtPurchasePrice whether players are sold at their purchase price
 */
public record GameSettings(
    int squadSquadsize,
    int squadSquadplay,
    int squadTeamLimit,
    int squadTotalSpend,
    int maxExtraFreeTransfers,
    double transfersSellOnFee,
    boolean elementSellAtPurchasePrice) {}
