import type { Field } from '../../contract/event'
import type { Kind } from './guess-values'

export interface Role {
  readonly field: Field
  readonly kind: Kind | 'time'
  /** Spellings without separators, the surest first. */
  readonly names: readonly string[]
  /** The values alone are enough where no name fits. */
  readonly byValue?: true
}

/** Which names stand for which field; a name counts only where its values are of the kind. */
export const roles: readonly Role[] = [
  {
    field: '@timestamp',
    kind: 'time',
    names: (
      'timestamp eventtime eventtimestamp time ts datetime occurredat occurred eventdate createdat created creationtime creationdate ' +
      'createdon recordedat published activitydatetime date logtime loggedat logdate requesttime requestreceivedtimestamp timelocal ' +
      'timeiso8601 timegenerated starttime startedat when isotimestamp datecreate updatedat insertedat receivedat t ' +
      'zeit zeitpunkt zeitstempel datum datumuhrzeit datumzeit horodatage dateheure dateetheure fecha fechahora fechayhora dataora datahora ' +
      'momento tijd tijdstip czas datetijd'
    ).split(' '),
    byValue: true
  },
  {
    field: 'event.id',
    kind: 'unique',
    names: 'eventid eventuuid auditid auditlogid logid recordid entryid insertid messageid uuid guid id pk'.split(' ')
  },
  {
    field: 'event.action',
    kind: 'verb',
    names: (
      'action eventaction eventtype eventname actionname actiontype operation operationname event activity activitytype activityname ' +
      'actiondisplayname eventkind command commandtag methodname verb op statementtype type what method ' +
      'aktion vorgang ereignis ereignistyp tätigkeit évènement événement opération acción accion evento operación operacion azione operazione ' +
      'ação operação actie gebeurtenis akcja zdarzenie operacja'
    ).split(' ')
  },
  {
    field: 'user.name',
    kind: 'name',
    names: (
      'actorname actorusername actor username user login account accountname who principal principalname subject subjectname performedby ' +
      'initiatedby initiator initiatorname createdby changedby modifiedby updatedby operator author authorname caller identity dbuser ' +
      'remoteuser actordisplayname actoralternateid userprincipalname userdisplayname requester by useremail actoremail displayname ' +
      'benutzer benutzername nutzer anwender konto utilisateur nomutilisateur compte acteur usuario usuário utente gebruiker gebruikersnaam ' +
      'użytkownik uzytkownik'
    ).split(' ')
  },
  {
    field: 'user.id',
    kind: 'id',
    names: (
      'userid actorid accountid principalid subjectid initiatorid authorid uid useruuid actoruuid callerid user actor who principal subject ' +
      'initiator performedby createdby'
    ).split(' ')
  },
  {
    field: 'user.email',
    kind: 'email',
    names:
      'useremail actoremail email principalemail useremailaddress emailaddress mail actormail usermail login epost courriel correo'.split(
        ' '
      ),
    byValue: true
  },
  {
    field: 'session.id',
    kind: 'id',
    names: 'sessionid session sid sessionuuid usersessionid'.split(' ')
  },
  {
    field: 'user.target.name',
    kind: 'name',
    names: 'targetuser targetusername targetusernames affecteduser targetaccount usertargetname'.split(' ')
  },
  { field: 'user.target.id', kind: 'id', names: 'targetuserid affecteduserid targetaccountid usertargetid'.split(' ') },
  { field: 'user.target.email', kind: 'email', names: 'targetuseremail targetemail usertargetemail target'.split(' ') },
  {
    field: 'resource.type',
    kind: 'verb',
    names: 'resourcetype targettype objecttype entitytype targetkind resourcekind modelname recordtype'.split(' ')
  },
  {
    field: 'resource.id',
    kind: 'id',
    names: 'resourceid targetid objectid entityid resourceuuid targetuuid itemid'.split(' ')
  },
  {
    field: 'resource.name',
    kind: 'name',
    names: (
      'resourcename targetname objectname entityname resource target object entity item targetdisplayname resourcedisplayname relation ' +
      'tablename table filename file repository repo ziel objekt ressource cible objet recurso objeto risorsa oggetto doel zasób'
    ).split(' ')
  },
  {
    field: 'organization.id',
    kind: 'id',
    names: 'organizationid orgid tenantid workspaceid realmid companyid teamid'.split(' ')
  },
  {
    field: 'organization.name',
    kind: 'name',
    names:
      'organizationname organization orgname org tenantname tenant workspacename workspace realmname realm company team'.split(
        ' '
      )
  },
  { field: 'application.id', kind: 'id', names: 'clientid applicationid appid'.split(' ') },
  {
    field: 'application.name',
    kind: 'name',
    names: 'applicationname application appname app clientname client program'.split(' ')
  },
  {
    field: 'source.ip',
    kind: 'address',
    names: (
      'sourceip clientip ip ipaddress sourceipaddress remoteip remoteaddr remoteaddress clientaddress clientaddr srcip src sourceaddress ' +
      'sourceaddr callerip calleripaddress actorip actoripaddress userip useripaddress remotehost xforwardedfor forwardedfor peer ' +
      'ipaddr clienthost remote address ipadresse adresseip direccionip indirizzoip ipadres adresip'
    ).split(' '),
    byValue: true
  },
  {
    field: 'user_agent.original',
    kind: 'agent',
    names: 'useragent httpuseragent ua rawuseragent useragentstring agent browser client'.split(' '),
    byValue: true
  },
  {
    field: 'http.request.method',
    kind: 'method',
    names: 'httpmethod requestmethod method verb httprequestmethod'.split(' ')
  },
  {
    field: 'url.path',
    kind: 'path',
    names: 'path requestpath urlpath requesturi uri url requesturl endpoint route httppath'.split(' ')
  },
  {
    field: 'http.response.status_code',
    kind: 'status',
    names: 'statuscode httpstatus httpstatuscode responsestatus responsecode responsestatuscode status code'.split(' ')
  },
  {
    field: 'event.outcome',
    kind: 'outcome',
    names: (
      'outcome eventoutcome result resultstatus outcomeresult actionresult status success succeeded issuccess successful decision ' +
      'allowed granted state response ergebnis resultat résultat resultado esito uitkomst resultaat wynik erfolg estado'
    ).split(' '),
    byValue: true
  },
  {
    field: 'event.reason',
    kind: 'prose',
    names:
      'reason failurereason resultreason outcomereason errormessage errorreason error cause errorcode errordescription grund motif motivo'.split(
        ' '
      )
  },
  {
    field: 'message',
    kind: 'prose',
    names:
      'message msg description summary eventdescription text details detail nachricht meldung beschreibung mensaje descripción messaggio'.split(
        ' '
      )
  },
  {
    field: 'event.user_action',
    kind: 'boolean',
    names: 'useraction isuseraction userinitiated isuserinitiated'.split(' ')
  },
  {
    field: 'trace.id',
    kind: 'id',
    names: 'requestid correlationid traceid xrequestid reqid transactionid operationid'.split(' ')
  }
]

/** Names that stand for the far end: an address there is not where the actor was. */
export const farEnd = /^(dest|dst|destination|server|local|target|listen|node|upstream)/

/** Names of the values before and after, each beside its partner. */
export const changeNames: readonly (readonly [before: string, after: string])[] = [
  ['before', 'after'],
  ['oldvalue', 'newvalue'],
  ['oldvalues', 'newvalues'],
  ['beforevalue', 'aftervalue'],
  ['beforevalues', 'aftervalues'],
  ['valuebefore', 'valueafter'],
  ['previousvalue', 'newvalue'],
  ['previousvalues', 'newvalues'],
  ['previousvalue', 'currentvalue'],
  ['previousstate', 'newstate'],
  ['beforestate', 'afterstate'],
  ['oldstate', 'newstate'],
  ['previous', 'current'],
  ['previous', 'new'],
  ['original', 'modified'],
  ['old', 'new'],
  ['changesbefore', 'changesafter'],
  ['changefrom', 'changeto']
]
