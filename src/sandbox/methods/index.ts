/** The methods this VK has, and those it keeps from communities. */
import type { Method } from '../params.ts';
import * as chats from './chats.ts';
import * as directory from './directory.ts';
import * as messages from './messages.ts';
import { send } from './send.ts';
import * as uploads from './uploads.ts';

export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['docs.getMessagesUploadServer', uploads.docServer],
  ['docs.save', uploads.saveDoc],
  ['groups.getById', directory.groups],
  ['groups.getLongPollServer', directory.longPollServer],
  ['groups.getLongPollSettings', directory.longPollSettings],
  ['groups.isMember', directory.isMember],
  ['groups.setLongPollSettings', directory.setLongPollSettings],
  ['messages.createChat', chats.create],
  ['messages.delete', messages.remove],
  ['messages.edit', messages.edit],
  ['messages.editChat', chats.rename],
  ['messages.getByConversationMessageId', messages.byCmid],
  ['messages.getConversationMembers', chats.members],
  ['messages.getConversations', chats.list],
  ['messages.getConversationsById', chats.byId],
  ['messages.getInviteLink', chats.inviteLink],
  ['messages.isMessagesFromGroupAllowed', messages.isAllowed],
  ['messages.markAsRead', messages.markAsRead],
  ['messages.pin', messages.pin],
  ['messages.removeChatUser', chats.removeUser],
  ['messages.send', send],
  ['messages.sendMessageEventAnswer', messages.answerPress],
  ['messages.setActivity', messages.setActivity],
  ['messages.unpin', messages.unpin],
  ['photos.getMessagesUploadServer', uploads.photoServer],
  ['photos.saveMessagesPhoto', uploads.savePhoto],
  ['users.get', directory.users],
]);

/** A community token is refused these with 27; the list names what bots reach for by mistake, whole sections where VK has them closed. */
const CLOSED =
  /^(?:account\.(?:getProfileInfo|setOnline|ban)|calls\.\w+|docs\.(?:add|delete|edit|get|getUploadServer)|friends\.\w+|groups\.(?:get|invite|join|leave|ban|unban|removeUser|search)|market\.(?:add|delete|edit|get)|messages\.(?:addChatUsers?|allowMessagesFromGroup|denyMessagesFromGroup|getChat|getChatPreview|getLastActivity|joinChatByInviteLink|markAsImportant)|photos\.(?:copy|createAlbum|delete|edit|get|getAll|getAlbums|getUploadServer|getWallUploadServer|save|saveWallPhoto|search)|users\.(?:getFollowers|getSubscriptions|search)|video\.(?:add|delete|get|save|search)|wall\.(?:delete|edit|get|getById|pin|post|repost|search|unpin))$/;

export function isClosed(name: string): boolean {
  return CLOSED.test(name);
}
