export type KitView = { campaign: string, campaign_id: string, label: string, endpoint: string | null, until: number, petitions: Array<string>, };
